-- Merges rows into the hash KEYS[1] and keeps their totals. ARGV[1] is how their values add up: SUM, MIN or MAX. Pairs of field and value
-- 'n|value|fingerprint' follow; an empty value deletes the field. n only grows within an epoch, so the row with the higher n is the newer
-- one, in whatever order rows arrive. It is compared as digits (more digits are more): Lua's own numbers are exact only to 2^53.
local function is_newer(old, new)
  local old_n = string.match(old, '^%d+')
  local new_n = string.match(new, '^%d+')
  if not old_n or #old_n ~= #new_n then
    return not old_n or #new_n > #old_n
  end
  return new_n >= old_n
end

for i = 2, #ARGV, 2 do
  local field, value = ARGV[i], ARGV[i + 1]
  local old = redis.call('HGET', KEYS[1], field)
  if value == '' then
    if old then
      redis.call('HDEL', KEYS[1], field)
      note(field, old, -1)
    end
  elseif not old or old ~= value and is_newer(old, value) then
    redis.call('HSET', KEYS[1], field, value)
    if old then
      note(field, old, -1)
    end
    note(field, value, 1)
  end
end
write_totals()
return 1
