import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Json, JsonObject } from '../../../src';

/** A state machine with an input, and what AWS answered. */
export interface RecordedCase {
  readonly id: string;
  readonly source: string;
  readonly queryLanguage: 'jsonata' | 'mixed' | 'jsonpath';
  readonly dependency: 'pure' | 'lambda' | 'service';
  readonly features: readonly string[];
  readonly lambdas?: ReadonlyArray<{ readonly name: string; readonly handler: string }>;
  readonly definition: JsonObject;
  readonly input: Json;
  readonly expected: { readonly status: string; readonly output?: Json; readonly error?: string | null; readonly cause?: Json };
  readonly events: readonly string[];
}

/** The recordings stay beside the repository; they are no part of it. */
const FILE = join(__dirname, '../../../../../shared/conformance/asl/cases.json');

export function recordedCases(): RecordedCase[] | undefined {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as RecordedCase[]) : undefined;
}
