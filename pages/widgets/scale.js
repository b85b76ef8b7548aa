// The dial's scale: which rate stands where and in which regime, which one comes next, and how it is written.

const ROUNDING = 1e-12;

// The rate at a place from 0 to 1, of three digits; at a limit it is rounded into the regime that is touched.
export function rateAt(place, scale) {
  const k = Math.max(0, scale.slice(1, -1).filter(([from]) => from <= place).length);
  const [[from, low], [to, high]] = [scale[k], scale[k + 1]];
  const rate = Number((low * (high / low) ** ((place - from) / (to - from))).toPrecision(3));
  if (k > 0 && rate <= low * (1 + ROUNDING)) return finelyAfter(rate, 1);
  return k < scale.length - 2 && rate >= high * (1 - ROUNDING) ? finelyAfter(rate, -1) : rate;
}

export function placeOf(rate, scale) {
  const [lowest, highest] = [scale[0][1], scale.at(-1)[1]];
  if (!(rate > lowest) || rate >= highest) return rate >= highest ? 1 : 0;
  const k = scale.findIndex(([, bound]) => bound > rate) - 1;
  const [[from, low], [to, high]] = [scale[k], scale[k + 1]];
  return from + (to - from) * (Math.log(rate / low) / Math.log(high / low));
}

// The same rule as the server's; nothing for data without limits.
export function regimeOf(rate, { bounds: [creeping, monotone, stable], zones }) {
  if (!zones.length) return undefined;
  if (Math.abs(rate - stable) <= ROUNDING * Math.max(rate, stable)) return "bouncing";
  return zones[[rate >= creeping, rate > monotone * (1 + ROUNDING), rate > stable].filter(Boolean).length];
}

// The next rate of three digits, upwards or downwards.
export function finelyAfter(rate, direction) {
  const [mantissa, power] = rate.toExponential().split("e"), scaled = Number(`${mantissa}e2`), exponent = power - 2;
  const next = direction > 0 ? Math.floor(scaled * (1 + ROUNDING)) + 1 : Math.ceil(scaled * (1 - ROUNDING)) - 1;
  return next < 100 ? Number(`999e${exponent - 1}`) : Number(`${next}e${exponent}`);
}

// The round rate that comes so many after this one, upwards or downwards; the last one where there are not as many.
export function stopAfter(rate, direction, count, stops) {
  const beyond = stops.filter((stop) => direction * (stop - rate) > ROUNDING * rate);
  if (direction < 0) beyond.reverse();
  return beyond[Math.min(count, beyond.length) - 1] ?? rate;
}

// Every digit, the way the server writes it.
export function written(rate, decimal) {
  const [mantissa, power] = rate.toExponential().split("e"), exponent = Number(power);
  const digits = mantissa.replace(".", "");
  return (exponent < -4 || exponent > 15 ? withPower(mantissa, exponent) : plain(digits, exponent)).replace(".", decimal);
}

function withPower(mantissa, exponent) {
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function plain(digits, exponent) {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0"), rest = digits.slice(exponent + 1);
  return rest ? `${whole}.${rest}` : whole;
}
