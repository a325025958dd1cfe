-- Replaces the text at KEYS[1] by ARGV[2] if it still is ARGV[1] ('' if there is none); 1 if it did.
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
