/** Records the log lines of functions from now on: by default those of failures. Nothing is printed. */
export function readLogs(...levels: Array<'INFO' | 'ERROR'>): string[] {
  const wanted = levels.length > 0 ? levels : ['ERROR'];
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    // One line at a time, or CloudWatch would take them for one event.
    const [line] = /^[^\n]+(?=\n$)/.exec(String(text)) ?? [];
    if (!line) throw new Error(`a log event must be one line: ${text}`);
    if (wanted.includes(JSON.parse(line).level)) lines.push(line);
    return true;
  });
  return lines;
}
