-- Sets KEYS[1] to the number ARGV[1] unless it holds a higher one already. Instants in ms are exact in Lua.
local old = tonumber(redis.call('GET', KEYS[1]) or '')
if not old or tonumber(ARGV[1]) > old then
  redis.call('SET', KEYS[1], ARGV[1])
end
return 1
