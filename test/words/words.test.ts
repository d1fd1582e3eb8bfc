import { LEFT_OUT } from './left-out';
import { Text, commentsOf, filesIn, linesOf, literalsOf, wordsOf } from './texts';

const EXEMPT = /^docs\/(glossary\.md|decisions\/)/;

/** What has the expressions in order to find them. */
const OWN = /^test\/words\//;

const PAGES = ['README.md', 'API.md', 'CONTRIBUTING.md', 'local/README.md', 'client/README.md', ...filesIn('docs', '.md'), ...filesIn('examples', '.md')];

/** Each place with the expression that stands there and what to write instead. */
const leftOutIn = (texts: Text[]): string[] => texts.flatMap(({ place, text }) => LEFT_OUT
  .flatMap(({ expression, write }) => {
    const found = expression.exec(wordsOf(text));
    return found ? [`${place}: "${found[0]}"; write ${write}`] : [];
  }));

test('each expression that is left out is recognized in prose and in names', () => {
  expect(leftOutIn([
    { place: 'prose', text: 'An operator is told.' },
    { place: 'name', text: 'toldAt' },
    { place: 'file', text: 'take-up-ended.ts' },
  ])).toEqual([
    'prose: "told"; write notify, publish, deliver, send; state, report',
    'name: "told"; write notify, publish, deliver, send; state, report',
    'file: "take up"; write recover, take over',
  ]);
  expect(leftOutIn([{ place: 'queue', text: 'the dead-letter queue deadLetterQueue DEAD_LETTER_QUEUE' }])).toEqual([]);
});

test.each(PAGES.filter((page) => !EXEMPT.test(page)))('%s is written in the words of the glossary', (page) => {
  expect(leftOutIn(linesOf(page))).toEqual([]);
});

const FOLDERS = ['src', 'lambda-src', 'test', 'local/src', 'local/test', 'client/src', 'client/test', 'examples'];

describe.each(FOLDERS)('in %s', (folder) => {
  const files = filesIn(folder, '.ts').filter((file) => !OWN.test(file));

  test('texts and names are written in the words of the glossary', () => {
    expect(files.length).toBeGreaterThan(1);
    expect(leftOutIn(files.flatMap(literalsOf))).toEqual([]);
  });

  test('comments are written in the words of the glossary', () => {
    expect(leftOutIn(files.flatMap(commentsOf))).toEqual([]);
  });
});

test.each([...FOLDERS, 'docs'])('the files in %s are named in the words of the glossary', (folder) => {
  expect(leftOutIn(filesIn(folder, '').filter((file) => !EXEMPT.test(file)).map((file) => ({ place: file, text: file })))).toEqual([]);
});
