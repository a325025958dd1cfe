-- Checks the limits of an account and, if nothing is in the way, takes a place for a job. One call, so that no other check comes between.
-- KEYS: requests (list of times of the last requests, newest first), quota (jobs admitted on the quota day), jobs (sorted set: job -> end of
--       its lease), events (hash of what job events told)
-- ARGV: job, requests per minute, quota (-1: none), concurrent jobs, lease in ms, end of the quota day in ms
-- Answers: verdict, jobs admitted on the quota day, jobs in flight, end of the lease, wait in ms, time of the last job event
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local rate, quota, concurrent = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
local admitted = tonumber(redis.call('GET', KEYS[2]) or '0')
local flying = redis.call('ZCARD', KEYS[3])
local told = tonumber(redis.call('HGET', KEYS[4], 'at') or '0')

-- A client that lost the answer asks again for the same job.
local held = redis.call('ZSCORE', KEYS[3], ARGV[1])
if held then
    return {'already_admitted', admitted, flying, tonumber(held), 0, told}
end

local oldest = tonumber(redis.call('LINDEX', KEYS[1], rate - 1) or '0')
if oldest > now - 60000 then
    return {'rate_limited', admitted, flying, 0, oldest + 60000 - now, told}
end
redis.call('LPUSH', KEYS[1], now)
redis.call('LTRIM', KEYS[1], 0, rate - 1)
redis.call('PEXPIRE', KEYS[1], 60000)

if quota >= 0 and admitted >= quota then
    return {'quota_exhausted', admitted, flying, 0, tonumber(ARGV[6]) - now, told}
end
if flying >= concurrent then
    local first = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
    return {'too_many_jobs', admitted, flying, 0, tonumber(first[2]) - now, told}
end

local lease = now + tonumber(ARGV[5])
admitted = redis.call('INCR', KEYS[2])
redis.call('PEXPIREAT', KEYS[2], tonumber(ARGV[6]) + 86400000)
redis.call('ZADD', KEYS[3], lease, ARGV[1])
redis.call('PEXPIREAT', KEYS[3], math.max(lease, tonumber(redis.call('ZRANGE', KEYS[3], -1, -1, 'WITHSCORES')[2])))
return {'admitted', admitted, flying + 1, lease, 0, told}
