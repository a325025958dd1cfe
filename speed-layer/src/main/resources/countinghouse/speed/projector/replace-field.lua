-- Replaces the field ARGV[1] of the hash KEYS[1], if it still holds ARGV[2], by ARGV[3]; deletes it if that is empty.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
