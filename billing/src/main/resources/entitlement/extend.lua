-- A job event says that a job is alive: its lease is extended, never shortened.
-- KEYS: jobs, events
-- ARGV: job, end of its lease in ms, 1 if the job is to be added should it have no place, time of the event in ms
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease = tonumber(ARGV[2])
local held = redis.call('ZSCORE', KEYS[1], ARGV[1])
if lease > now and (held or ARGV[3] == '1') and lease > tonumber(held or '0') then
    redis.call('ZADD', KEYS[1], lease, ARGV[1])
    redis.call('PEXPIREAT', KEYS[1], tonumber(redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2]))
end
redis.call('HSET', KEYS[2], 'at', ARGV[4])
redis.call('PEXPIRE', KEYS[2], 604800000)
return 1
