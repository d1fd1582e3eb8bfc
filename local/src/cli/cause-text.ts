/** What a person reads of a cause: of a function's error in it, only the message. */
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
