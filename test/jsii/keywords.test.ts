import * as path from 'path';
import { Assembly, Type, TypeKind, loadAssemblyFromPath } from '@jsii/spec';
import { KEYWORDS } from './keywords';

const assembly: Assembly = loadAssemblyFromPath(path.join(__dirname, '..', '..'));

/** The names of the members and parameters of a type, with the place of each. */
function namesOf(type: Type): { name: string; place: string }[] {
  if (type.kind === TypeKind.Enum) {
    return type.members.map(({ name }) => ({ name, place: `${type.name}.${name}` }));
  }
  const initializer = type.kind === TypeKind.Class && type.initializer ? [{ name: 'new', parameters: type.initializer.parameters }] : [];
  const callables = [...initializer, ...type.methods ?? []];
  return [
    ...[...type.properties ?? [], ...type.methods ?? []].map(({ name }) => ({ name, place: `${type.name}.${name}` })),
    ...callables.flatMap((callable) => (callable.parameters ?? []).map(({ name }) => ({ name, place: `${type.name}.${callable.name}(${name})` }))),
  ];
}

test.each(Object.entries(KEYWORDS))('no public name is a keyword of %s', (_language, keywords) => {
  const reserved = new Set(keywords.split(' '));
  const names = Object.values(assembly.types!).flatMap(namesOf);

  expect(names.length).toBeGreaterThan(100);
  expect(names.filter(({ name }) => reserved.has(name)).map(({ place }) => place)).toEqual([]);
});
