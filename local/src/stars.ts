/** Whether a text is what stands between the stars, in this order, and anything for each star. Takes no longer however many there are. */
export function fitsBetweenStars(parts: readonly string[], text: string): boolean {
  const [first, ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) {
    return text === first;
  }
  if (!text.startsWith(first) || !text.endsWith(last)) {
    return false;
  }
  let position = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found === -1) {
      return false;
    }
    position = found + part.length;
  }
  return position <= text.length - last.length;
}
