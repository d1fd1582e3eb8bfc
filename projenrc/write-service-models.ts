/*
 * Writes what the local cloud keeps of the services' models. The models are those of botocore, which AWS publishes with each release:
 *
 *   pip download botocore --no-deps && unzip -q botocore-*.whl -d botocore
 *   npx ts-node --transpile-only --project tsconfig.dev.json projenrc/write-service-models.ts botocore/botocore
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MODELLED_SERVICES, PublishedModel, sourceOf } from './service-model';

const [botocore] = process.argv.slice(2);
if (!botocore) {
  throw new Error('name the folder of botocore, which has __init__.py and data');
}
const [, version] = /__version__ = '([^']+)'/.exec(readFileSync(join(botocore, '__init__.py'), 'utf8')) ?? [];
for (const { folder, source, operations } of MODELLED_SERVICES) {
  const published = JSON.parse(gunzipSync(readFileSync(join(botocore, 'data', source, 'service-2.json.gz'))).toString()) as PublishedModel;
  writeFileSync(join('local/src/services', folder, 'model.generated.ts'), sourceOf(published, operations, `botocore ${version}, data/${source}`));
}
