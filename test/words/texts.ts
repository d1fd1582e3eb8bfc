import { readFileSync, readdirSync } from 'fs';
import { join, relative } from 'path';
import * as ts from 'typescript';

/** A text that a user can read, and where it stands. */
export interface Text {
  readonly place: string;
  readonly text: string;
}

const ROOT = join(__dirname, '..', '..');

/** The files below a folder of the repository whose names end so. */
export function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules'))
    .sort();
}

/** The lines of a page. */
export function linesOf(file: string): Text[] {
  return readFileSync(join(ROOT, file), 'utf8').split('\n').map((text, index) => ({ place: `${file}:${index + 1}`, text }));
}

/** The string literals and the texts of templates in a source, without the names of modules. */
export function literalsOf(file: string): Text[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ place: `${file}:${line + 1}`, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The comments in a source, line by line. */
export function commentsOf(file: string): Text[] {
  return linesOf(file).flatMap(({ place, text }) => {
    const [, comment] = /(?:^|\s)(?:\/\/|\/?\*)(.*)/.exec(text) ?? [];
    return comment ? [{ place, text: comment }] : [];
  });
}

/** The words of a text, those of names in camel case or with hyphens included. */
export function wordsOf(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[\s_-]+/g, ' ');
}
