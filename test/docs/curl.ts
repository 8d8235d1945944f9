/** A request as a curl command makes it. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** The words of a shell command: quotes taken off, lines joined, variables filled in outside single quotes. */
function wordsOf(command: string, variables: Readonly<Record<string, string>>): string[] {
  const fill = (text: string) =>
    text.replaceAll(/\$(\w+)/g, (_, name: string) => variables[name] ?? '');
  const joined = command.replaceAll(/\\\n\s*/g, ' ');
  const parts = joined.matchAll(/((?:'[^']*'|"[^"]*"|[^\s'"])+)/g);
  return [...parts].map(([part]) =>
    part.replaceAll(/'([^']*)'|"([^"]*)"|([^'"]+)/g, (_, single, double, plain) =>
      typeof single === 'string' ? single : fill(String(double ?? plain)),
    ),
  );
}

/** Reads a curl command with -s, -X, -H and -d; throws on one that says more. */
export function readCurl(command: string, variables: Readonly<Record<string, string>>): Request {
  const [program, ...words] = wordsOf(command, variables);
  if (program !== 'curl') throw new Error(`This is not a curl command: ${command}`);
  const headers: Record<string, string> = {};
  const said: { method?: string; url?: string; body?: string } = {};
  const options: Readonly<Record<string, (next: () => string) => void>> = {
    '-s': () => undefined,
    '-X': (next) => (said.method = next()),
    '-d': (next) => (said.body = next()),
    '-H': (next) => {
      const [name = '', ...value] = next().split(': ');
      headers[name] = value.join(': ');
    },
  };
  while (words.length > 0) {
    const word = words.shift() as string;
    const option = options[word];
    if (option) option(() => words.shift() ?? '');
    else if (word.startsWith('-')) throw new Error(`This test does not know curl's ${word}.`);
    else said.url = word;
  }
  const { body, url = '', method = body === undefined ? 'GET' : 'POST' } = said;
  return { method, url, headers, ...(body !== undefined && { body }) };
}
