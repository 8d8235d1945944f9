/** The compiler's view of the file under lint; needs typed linting. */
export function typesOf(context) {
  const services = context.sourceCode.parserServices;
  return {
    checker: services.program.getTypeChecker(),
    tsNode: (node) => services.esTreeNodeToTSNodeMap.get(node),
  };
}

/** Whether calling it can answer with a promise. */
export function returnsPromise(type) {
  return partsOf(type).some((part) =>
    part.getCallSignatures().some((signature) => isThenable(signature.getReturnType())),
  );
}

function isThenable(type) {
  return partsOf(type).some((part) => part.getProperty('then') !== undefined);
}

function partsOf(type) {
  return type.isUnion() ? type.types : [type];
}
