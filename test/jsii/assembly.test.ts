import * as path from 'path';
import { Assembly, Callable, Documentable, Property, Type, TypeKind, loadAssemblyFromPath } from '@jsii/spec';

/** Something that users see, and where it stands. */
interface Published {
  readonly name: string;
  readonly docs: Documentable['docs'];
}

const assembly: Assembly = loadAssemblyFromPath(path.join(__dirname, '..', '..'));
const types: Type[] = Object.values(assembly.types!);

test('every type and member has a summary', () => {
  expect(namesOf(published().filter(({ docs }) => !docs?.summary))).toEqual([]);
});

test('every parameter has a summary, there where its method is declared first', () => {
  const callables = types.flatMap((type) => type.kind === TypeKind.Enum ? [] : [
    ...(type.methods ?? []).filter(({ overrides }) => !overrides).map((method) => ({ name: `${type.name}.${method.name}`, callable: method as Callable })),
    ...(type.kind === TypeKind.Class && type.initializer ? [{ name: `new ${type.name}`, callable: type.initializer }] : []),
  ]);
  const parameters = callables.flatMap(({ name, callable }) => (callable.parameters ?? []).map((parameter) => ({
    name: `${name}(${parameter.name})`, docs: parameter.docs,
  })));

  expect(namesOf(parameters.filter(({ docs }) => !docs?.summary))).toEqual([]);
});

test('every optional property of a struct says what happens without it', () => {
  expect(namesOf(structProperties().filter(({ property }) => property.optional && !property.docs?.default))).toEqual([]);
});

test('no default is undefined', () => {
  expect(namesOf(structProperties().filter(({ property }) => /^-?\s*undefined\b/.test(property.docs?.default ?? '')))).toEqual([]);
});

test('no name begins with an underscore', () => {
  expect(namesOf(published().filter(({ name }) => /(^|[.#])_/.test(name)))).toEqual([]);
});

test('what is internal is not published', () => {
  const names = types.map(({ name }) => name);
  for (const internal of ['OrderFunction', 'PrepaidPayment', 'RefundPayment', 'SagaGraph', 'SimulatedPayment', 'UndoChain', 'ValidationError']) {
    expect(names).not.toContain(internal);
  }
});

test.each([
  'IOrderStep', 'IClosingStep', 'IStepCompensation', 'IOrderIntake', 'IOrderNotifier', 'IAlertTarget',
])('the port %s is an interface, and no struct', (name) => {
  const port = types.find((type) => type.name === name);

  expect(port).toMatchObject({ kind: TypeKind.Interface });
  expect(port).not.toHaveProperty('datatype');
});

test('parts are bound to interfaces, not to options', () => {
  expect(types.map(({ name }) => name).filter((name) => name.endsWith('BindOptions'))).toEqual([]);
  expect(types.filter(({ name }) => ['IStepHost', 'IOrderWorkflow', 'IOrderProcessingWorkflow', 'IStatusFeed'].includes(name))
    .map((type) => type.kind === TypeKind.Interface && !type.datatype)).toEqual([true, true, true, true]);
});

function published(): Published[] {
  return types.flatMap((type) => [
    { name: type.name, docs: type.docs },
    ...members(type).map(({ name, docs }) => ({ name: `${type.name}.${name}`, docs })),
  ]);
}

function members(type: Type): (Documentable & { name: string })[] {
  if (type.kind === TypeKind.Enum) {
    return type.members;
  }
  return [...type.properties ?? [], ...type.methods ?? []];
}

function structProperties(): (Published & { property: Property })[] {
  return types.flatMap((type) => type.kind === TypeKind.Interface && type.datatype
    ? (type.properties ?? []).map((property) => ({ name: `${type.name}.${property.name}`, docs: property.docs, property }))
    : []);
}

function namesOf(things: { name: string }[]): string[] {
  return things.map(({ name }) => name);
}
