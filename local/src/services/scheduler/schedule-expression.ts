/** When something is next due after a moment, both in milliseconds; undefined if never again. */
export type Schedule = (after: number) => number | undefined;

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** A cron expression that does not match within this time never will. */
const LONGEST_CRON_MS = 5 * 366 * 86_400_000;

/** Reads `rate(5 minutes)`, `cron(0 12 * * ? *)` and `at(2026-01-01T00:00:00)`, in UTC. */
export function parseSchedule(expression: string): Schedule {
  const [, kind, body] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  switch (kind) {
    case 'rate': return rate(expression, body);
    case 'cron': return cron(expression, body);
    case 'at': {
      const due = Date.parse(`${body}Z`);
      return (after) => (due > after ? due : undefined);
    }
    default: throw unknown(expression);
  }
}

function rate(expression: string, body: string): Schedule {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(body) ?? [];
  if (!unit) {
    throw unknown(expression);
  }
  return (after) => after + Number(count) * UNIT_MS[unit];
}

function cron(expression: string, body: string): Schedule {
  const fields = body.trim().split(/\s+/);
  if (fields.length !== 6) {
    throw unknown(expression);
  }
  const [minutes, hours, days, months, weekdays, years] = [
    field(fields[0], 0, 59), field(fields[1], 0, 23), field(fields[2], 1, 31), field(fields[3], 1, 12, MONTHS, 1),
    field(fields[4], 1, 7, WEEKDAYS, 1), field(fields[5], 1970, 2199),
  ];
  const fits = (date: Date) => hours.has(date.getUTCHours()) && minutes.has(date.getUTCMinutes());
  const fitsDay = (date: Date) => days.has(date.getUTCDate()) && months.has(date.getUTCMonth() + 1)
    && weekdays.has(date.getUTCDay() + 1) && years.has(date.getUTCFullYear());
  return (after) => {
    let time = Math.floor(after / UNIT_MS.minute) * UNIT_MS.minute + UNIT_MS.minute;
    while (time - after < LONGEST_CRON_MS) {
      const date = new Date(time);
      if (!fitsDay(date)) {
        time = Math.floor(time / UNIT_MS.day) * UNIT_MS.day + UNIT_MS.day;
      } else if (fits(date)) {
        return time;
      } else {
        time += UNIT_MS.minute;
      }
    }
    return undefined;
  };
}

function field(text: string, low: number, high: number, names: readonly string[] = [], firstName = 0): Set<number> {
  const number = (part: string): number => {
    const index = names.indexOf(part.toUpperCase());
    const value = index >= 0 ? index + firstName : Number(part);
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new Error(`${part} in a cron expression is not supported here; use numbers from ${low} to ${high}, lists, ranges and steps`);
    }
    return value;
  };
  const values = text.split(',').flatMap((part) => {
    const [range, step = '1'] = part.split('/');
    const [from, to] = range === '*' || range === '?' ? [low, high] : range.split('-').map(number);
    const last = to ?? (part.includes('/') ? high : from);
    return Array.from({ length: Math.floor((last - from) / Number(step)) + 1 }, (_, index) => from + index * Number(step));
  });
  return new Set(values);
}

function unknown(expression: string): Error {
  return new Error(`${expression} is no schedule known here; write rate(5 minutes), cron(0 12 * * ? *) or at(2026-01-01T00:00:00)`);
}
