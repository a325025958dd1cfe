-- Decimals of up to 29 integer and 9 fractional digits, exactly: Lua's numbers are doubles. A whole number below 10^15, as counts are, is
-- itself; any other decimal is three whole numbers { units of 10^15, units, units of 10^-9 }, of which the last two are never negative, so that
-- comparing from the left compares decimals.
local UNITS, FRACTIONS = 1e15, 1e9

local ZERO = 0

local function normal(high, low, fraction)
  local carry = math.floor(fraction / FRACTIONS)
  fraction = fraction - carry * FRACTIONS
  low = low + carry
  carry = math.floor(low / UNITS)
  return { high + carry, low - carry * UNITS, fraction }
end

local function in_three(value)
  return type(value) == 'number' and normal(0, value, 0) or value
end

local function decimal(text)
  if #text <= 15 and not string.find(text, '.', 1, true) then
    return tonumber(text) or ZERO
  end
  local sign, whole, fraction = string.match(text, '^(%-?)(%d+)%.?(%d*)$')
  if not whole then
    return ZERO
  end
  local factor = sign == '-' and -1 or 1
  return normal(
    factor * (tonumber(string.sub(whole, 1, -16)) or 0),
    factor * tonumber(string.sub(whole, -15)),
    factor * tonumber(string.sub(fraction .. '000000000', 1, 9)))
end

local function plus(left, right)
  if type(left) == 'number' and type(right) == 'number' and math.abs(left + right) < UNITS then
    return left + right
  end
  left, right = in_three(left), in_three(right)
  return normal(left[1] + right[1], left[2] + right[2], left[3] + right[3])
end

local function minus(left, right)
  if type(left) == 'number' and type(right) == 'number' and math.abs(left - right) < UNITS then
    return left - right
  end
  left, right = in_three(left), in_three(right)
  return normal(left[1] - right[1], left[2] - right[2], left[3] - right[3])
end

local function less(left, right)
  if type(left) == 'number' and type(right) == 'number' then
    return left < right
  end
  left, right = in_three(left), in_three(right)
  for i = 1, 3 do
    if left[i] ~= right[i] then
      return left[i] < right[i]
    end
  end
  return false
end

local function text(value)
  if type(value) == 'number' then
    return string.format('%.0f', value)
  end
  local sign = ''
  if value[1] < 0 then
    sign = '-'
    value = normal(-value[1], -value[2], -value[3])
  end
  local whole = string.format('%.0f', value[2])
  if value[1] > 0 then
    whole = string.format('%.0f%015.0f', value[1], value[2])
  end
  if value[3] == 0 then
    return sign .. whole
  end
  return sign .. whole .. '.' .. string.gsub(string.format('%09.0f', value[3]), '0+$', '')
end
