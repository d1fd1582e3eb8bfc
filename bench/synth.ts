import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';

/** Adds the stack of an example to an app. */
export type Example = (app: App) => Stack;

export function emptyStack(app: App): Stack {
  return new Stack(app, 'Empty');
}

/** Synthesizes an example as a new app and gives its template. */
export function synth(example: Example): { Resources?: { [id: string]: unknown } } {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    const { artifactId } = example(app);
    return app.synth().getStackArtifact(artifactId).template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
