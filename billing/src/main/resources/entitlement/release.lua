-- A job event says that a job has ended: its place is free.
-- KEYS: jobs, events
-- ARGV: job, time of the event in ms
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[2], 'at', ARGV[2])
redis.call('PEXPIRE', KEYS[2], 604800000)
return 1
