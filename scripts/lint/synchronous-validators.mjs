import { returnsPromise, typesOf } from './types.mjs';

/** An async validator of an update refuses nothing and hangs the caller: seen on a real server. */
export const synchronousValidators = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      async:
        'A validator of an update must be synchronous: an async one refuses nothing and hangs the caller.',
    },
  },
  create(context) {
    const { checker, tsNode } = typesOf(context);
    return {
      // By type, so that a function named elsewhere, or the whole options made elsewhere, is seen too.
      'CallExpression[callee.name="setHandler"][arguments.length>2]'(node) {
        const options = node.arguments[2];
        const validator = checker.getTypeAtLocation(tsNode(options)).getProperty('validator');
        if (!validator) return;
        const type = checker.getTypeOfSymbolAtLocation(validator, tsNode(options));
        const written = options.properties?.find((property) => property.key?.name === 'validator');
        if (returnsPromise(type)) context.report({ node: written ?? options, messageId: 'async' });
      },
    };
  },
};
