const ANSWERS_WITHIN_MS = 10_000;

/** An address that signs whoever opens it in, once; where the API makes none, what to do about it. */
export async function signInLink(apiPort: number, adminKey: string): Promise<string> {
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${apiPort}/v1/sign-in-links`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}` },
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    if (!answer.ok) throw new Error(`The API answered ${answer.status}.`);
    const { path } = (await answer.json()) as { path: string };
    return `http://localhost:${apiPort}${path}`;
  };
  return ask().catch(() => 'no link could be made: start again, or ask POST /v1/sign-in-links');
}
