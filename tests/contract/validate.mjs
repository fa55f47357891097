// Reads both documents as the public tools do: node validate.mjs <openapi.json> <asyncapi.json>
import { readFile } from 'node:fs/promises';
import { Parser } from '@asyncapi/parser';
import { Validator } from '@seriousme/openapi-schema-validator';

const [rest, sockets] = process.argv.slice(2);
const wrong = [];

const validator = new Validator();
const read = await validator.validate(JSON.parse(await readFile(rest, 'utf8')));
if (!read.valid || validator.version !== '3.1') {
  wrong.push(`OpenAPI ${validator.version}: ${JSON.stringify(read.errors, null, 1)}`);
}

// Beyond the schema of OpenAPI: every reference leads somewhere.
try {
  validator.resolveRefs();
} catch (lost) {
  wrong.push(`OpenAPI: ${lost.message}`);
}

const { document, diagnostics } = await new Parser().parse(await readFile(sockets, 'utf8'));
const news = 'asyncapi-latest-version';
for (const finding of diagnostics.filter(d => d.code !== news)) {
  wrong.push(`AsyncAPI: ${finding.message} at ${finding.path.join('/')}`);
}

if (document?.version() !== '3.0.0' || document.channels().all().length !== 2) {
  wrong.push('AsyncAPI: not the document of both sockets');
}

console.log(wrong.length === 0 ? 'valid' : wrong.join('\n'));
process.exit(wrong.length === 0 ? 0 : 1);
