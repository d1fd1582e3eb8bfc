const OFFSET_DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since the epoch of an ISO 8601 time with a zone; undefined if the text is none. */
export function parseIsoTime(text: string): number | undefined {
  const parts = OFFSET_DATE_TIME.exec(text);
  if (!parts) {
    return undefined;
  }
  const [year, month, day] = parts.slice(1, 4).map(Number);
  const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const ms = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
  return month >= 1 && month <= 12 && day <= daysOfMonth && Number(parts[4]) < 24 && !Number.isNaN(ms) ? ms : undefined;
}
