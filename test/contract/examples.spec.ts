import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { contract, operations, type PublishedContent } from './contract.fixture.js';

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
(addFormatsModule as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema({ ...contract, $id: 'contract' }, 'contract');

interface Example {
  place: string;
  ref: string;
  example: unknown;
}

function examplesOf(place: string, content: PublishedContent): Example[] {
  return Object.entries(content.content ?? {}).map(([mediaType, { schema, example }]) => ({
    place: `${place} ${mediaType}`,
    ref: schema?.$ref ?? '',
    example,
  }));
}

const bodies = operations.flatMap(({ label, requestBody = {} }) => examplesOf(label, requestBody));
const answers = operations.flatMap(({ label, responses }) =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, response]) => examplesOf(`${label} ${status}`, response)),
);
const problems = Object.entries(contract.components.responses).flatMap(([name, response]) =>
  examplesOf(name, response).filter(({ example }) => example !== undefined),
);

describe('the examples of the contract', () => {
  it('are there for every body and every successful answer', () => {
    expect([...bodies, ...answers].filter(({ example }) => example === undefined)).toEqual([]);
  });

  it('satisfy the schemas that they illustrate', () => {
    const faults = [...bodies, ...answers, ...problems].flatMap(({ place, ref, example }) => {
      const validate = ajv.getSchema(`contract${ref}`) ?? ajv.compile({ $ref: `contract${ref}` });
      if (validate(example)) return [];
      return (validate.errors ?? []).map((fault) => `${place} ${fault.instancePath} ${fault.message ?? ''}`);
    });
    expect(faults).toEqual([]);
  });
});
