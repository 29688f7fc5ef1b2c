const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/**
 * How long ago, as kubectl prints it: the rule is HumanDuration's in k8s.io/apimachinery/pkg/util/duration.
 * @param ms milliseconds
 */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  // Clocks of two machines differ a little: what is made "in two seconds" is made now.
  if (seconds < 0) return "0s";
  const two = (big: number, bigUnit: string, small: number, smallUnit: string) =>
    `${big}${bigUnit}${small === 0 ? "" : `${small}${smallUnit}`}`;
  if (seconds < 2 * minute) return `${seconds}s`;
  const minutes = Math.floor(seconds / minute);
  if (minutes < 10) return two(minutes, "m", seconds % minute, "s");
  if (minutes < 3 * 60) return `${minutes}m`;
  const hours = Math.floor(seconds / hour);
  if (hours < 8) return two(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(seconds / day);
  if (days < 8) return two(days, "d", hours % 24, "h");
  if (seconds < 2 * year) return `${days}d`;
  const years = Math.floor(days / 365);
  if (years < 8) return two(years, "y", days % 365, "d");
  return `${years}y`;
}
