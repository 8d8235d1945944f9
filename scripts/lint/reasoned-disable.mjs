const DIRECTIVE = /^\s*eslint-(disable|enable)(-next-line|-line)?\b/;

/** A rule is set aside for one line, on that line, by name and with a reason after `--`. */
export const reasonedDisable = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      otherLine:
        'Set a rule aside on the line itself: `// eslint-disable-line <rule> -- <reason>`.',
      unnamed: 'Name the rule that is set aside: `// eslint-disable-line <rule> -- <reason>`.',
      noReason: 'Say why the rule is set aside: `// eslint-disable-line <rule> -- <reason>`.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const messageId = complaint(comment.value);
          // Column -1 stands before anything the directive can switch off, this rule included.
          const start = { line: comment.loc.start.line, column: -1 };
          if (messageId) context.report({ loc: { start, end: comment.loc.end }, messageId });
        }
      },
    };
  },
};

function complaint(text) {
  const directive = DIRECTIVE.exec(text);
  if (!directive) return undefined;
  if (directive[2] !== '-line') return 'otherLine';
  const [rules, reason] = text.slice(directive[0].length).split(/\s--\s/);
  if (!rules.trim()) return 'unnamed';
  return reason?.trim() ? undefined : 'noReason';
}
