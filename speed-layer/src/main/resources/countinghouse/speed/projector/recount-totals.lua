-- Makes the totals anew from the rows in the hash KEYS[1], if they are not what the rows come to. ARGV[1] is SUM, MIN or MAX. Returns 1 if
-- they were something else.
-- The first and last cell may be wider than the rows while a bucket is being deleted.
local function n_and_value(total)
  return string.match(total, '^[^|]*|[^|]*')
end

local rows = redis.call('HGETALL', KEYS[1])
local before = { redis.call('HGETALL', KEYS[2]), redis.call('HGETALL', KEYS[3]) }
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
for i = 1, #rows, 2 do
  note(rows[i], rows[i + 1], 1)
end
write_totals()
for key = 1, 2 do
  local entries = redis.call('HLEN', KEYS[key + 1])
  if 2 * entries ~= #before[key] then
    return 1
  end
  for i = 1, #before[key], 2 do
    local now = redis.call('HGET', KEYS[key + 1], before[key][i])
    if not now or n_and_value(now) ~= n_and_value(before[key][i + 1]) then
      return 1
    end
  end
end
return 0
