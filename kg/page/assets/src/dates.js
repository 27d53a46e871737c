/** Dates as the facts have them: `2022-06-02`, `2022-06`, `2022`, and `--06-02` where no year is known. */

const DAY = 86400000;

/**
 * Days since 1970 of a date; `null` where it has no year or is no date.
 * @param {string} date
 * @param {number} [year] the year to read `--06-02` in
 */
export function dayOf(date, year) {
  const full = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date);
  if (full) return days(+full[1], +(full[2] ?? 1), +(full[3] ?? 1));
  const yearless = /^--(\d\d)-(\d\d)$/.exec(date);
  if (yearless && year !== undefined) return days(year, +yearless[1], +yearless[2]);
  return null;
}

function days(year, month, day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return Math.round(Date.UTC(year, month - 1, day) / DAY);
}

/** The year in which a graph without any full date is read; 2000 has a 29 February. */
export const NO_YEAR = 2000;

/** A day as text again; without its year where the graph knows none. */
export function dayText(day, yearless = false) {
  const text = new Date(day * DAY).toISOString().slice(0, 10);
  return yearless ? text.slice(4).replace(/^-/, "--") : text;
}

/** A date for readers. */
export function readable(date, language) {
  const yearless = /^--(\d\d)-(\d\d)$/.exec(date);
  if (language === "en") return yearless ? `${yearless[1]}-${yearless[2]}` : date;
  if (yearless) return `${+yearless[1]}月${+yearless[2]}日`;
  const full = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date);
  if (!full) return date;
  return `${full[1]}年${full[2] ? `${+full[2]}月` : ""}${full[3] ? `${+full[3]}日` : ""}`;
}

/**
 * Counts by equal slices of time.
 * @param {number[]} values days
 * @param {number} bins at most so many
 */
export function histogram(values, bins) {
  if (!values.length) return { low: 0, high: 0, width: 1, counts: [] };
  let low = Infinity;
  let high = -Infinity;
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const width = Math.max(1, Math.ceil((high - low + 1) / bins));
  const counts = new Array(Math.ceil((high - low + 1) / width)).fill(0);
  for (const v of values) counts[Math.floor((v - low) / width)]++;
  return { low, high, width, counts };
}
