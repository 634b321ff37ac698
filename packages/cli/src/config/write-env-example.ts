import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderEnvExample } from './env-example.js';

writeFileSync(path.join(import.meta.dirname, '../../../../.env.example'), renderEnvExample());
