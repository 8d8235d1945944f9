/** The payment that a task's text says could not be given up; others are none of its business. */
export function paymentGivenUp({ text }: { readonly text: string }): string | undefined {
  return /^The void of \S+ \S+ on (\S+) failed: /.exec(text)?.[1];
}
