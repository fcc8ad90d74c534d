// Keeps <time data-relative datetime="…"> true while the page stays open, in the time zone of the page.
//   data-relative          "now", 11:42 today, "yesterday", Mon, 14.10.
//   data-relative="span"   "in 5 minutes", "2 hours ago"
const minute = 60_000;
const steps = [
  ["minute", minute],
  ["hour", 60 * minute],
  ["day", 24 * 60 * minute],
];

export default function times(body) {
  const { lang, dataset } = document.documentElement;
  const zone = { timeZone: dataset.timeZone || undefined };
  const words = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  const clock = new Intl.DateTimeFormat(lang, { ...zone, hour: "2-digit", minute: "2-digit" });
  const weekday = new Intl.DateTimeFormat(lang, { ...zone, weekday: "short" });
  const date = new Intl.DateTimeFormat(lang, { ...zone, day: "2-digit", month: "2-digit" });
  const dateOfYear = new Intl.DateTimeFormat(lang, { ...zone, day: "2-digit", month: "2-digit", year: "2-digit" });
  const dayName = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const dayNumber = (moment) => Date.parse(dayName.format(moment)) / (24 * 60 * minute);

  function span(moment, now) {
    const away = moment - now;
    if (Math.abs(away) < minute) return words.format(0, "second");
    const [unit, size] = steps.findLast(([, length]) => Math.abs(away) >= length);
    return words.format(Math.round(away / size), unit);
  }

  function stamp(moment, now) {
    const days = dayNumber(now) - dayNumber(moment);
    if (Math.abs(now - moment) < minute) return words.format(0, "second");
    if (days === 0) return clock.format(moment);
    if (Math.abs(days) === 1) return words.format(-days, "day");
    if (days > 0 && days < 7) return weekday.format(moment);
    return (dayName.format(moment).slice(0, 4) === dayName.format(now).slice(0, 4) ? date : dateOfYear).format(moment);
  }

  function refresh() {
    const now = Date.now();
    for (const time of body.querySelectorAll("time[data-relative]")) {
      const moment = Date.parse(time.dateTime);
      if (Number.isNaN(moment)) continue;
      const text = time.dataset.relative === "span" ? span(moment, now) : stamp(moment, now);
      if (time.textContent !== text) time.textContent = text;
    }
  }

  setInterval(refresh, minute / 2);
  document.addEventListener("htmx:after:swap", refresh);
  document.addEventListener("visibilitychange", refresh);
  refresh();
}
