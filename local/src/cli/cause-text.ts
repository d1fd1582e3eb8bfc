/** The readable part of a cause: only the message of a function's error. */
export function causeText(cause: string): string {
  const begin = cause.indexOf('{"');
  if (begin < 0) {
    return cause;
  }
  try {
    const { errorMessage } = JSON.parse(cause.slice(begin)) as { errorMessage?: string };
    return errorMessage === undefined ? cause : cause.slice(0, begin) + errorMessage;
  } catch {
    return cause;
  }
}
