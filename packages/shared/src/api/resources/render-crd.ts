import { stringify } from 'yaml';
import type { CustomResourceDefinition } from './build-crds.ts';

/** A definition as YAML. The same each time. */
export function renderCrd(definition: CustomResourceDefinition): string {
  return stringify(definition, { lineWidth: 0, aliasDuplicateObjects: false });
}
