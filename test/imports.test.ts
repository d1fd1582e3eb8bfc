import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..');
const PARTS = ['src', 'lambda-src', 'test', 'bench', 'projenrc', 'local/src', 'local/test', 'client/src', 'client/test', 'examples'];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

/** The files of this repository that a file imports, type-only imports aside. */
function importsOf(file: string): string[] {
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const names = statements.flatMap((statement) => {
    const isImport = ts.isImportDeclaration(statement) && !statement.importClause?.isTypeOnly;
    const isExport = ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.moduleSpecifier !== undefined;
    return isImport || isExport ? [((statement as ts.ImportDeclaration).moduleSpecifier as ts.StringLiteral).text] : [];
  });
  return names.filter((name) => name.startsWith('.')).flatMap((name) => {
    const path = join(dirname(file), name.replace(/\.js$/, ''));
    return [`${path}.ts`, join(path, 'index.ts')].find((candidate) => existsSync(candidate)) ?? [];
  });
}

/** The first circle that is found: files of which each imports the next, and the last the first. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const follow = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) {
      return [...path.slice(path.indexOf(file)), file];
    }
    if (done.has(file)) {
      return [];
    }
    for (const next of graph.get(file) ?? []) {
      const circle = follow(next, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const circle = follow(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

test('files that import one another in a circle are found', () => {
  expect(circleIn(new Map([['a', ['b']], ['b', ['c', 'd']], ['c', []], ['d', ['b']]]))).toEqual(['b', 'd', 'b']);
});

// A file imports from its own folder, from below, or from a port.
test('no files import one another in a circle', () => {
  const files = PARTS.flatMap((part) => filesBelow(join(ROOT, part)));
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  expect(files.length).toBeGreaterThan(700);
  expect([...graph.values()].flat().length).toBeGreaterThan(2_000);
  expect(circleIn(graph).map((file) => file.slice(ROOT.length + 1))).toEqual([]);
});
