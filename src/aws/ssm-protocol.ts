import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { JsonShapeDeserializer2 } from '@smithy/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { isStructure } from './wire.ts';

/**
 * SSM's protocol, but that what ListCommandInvocations answers is left as it was sent: times are epoch seconds, and members
 * that the SDK does not know are there, too. Each row is read with mistrust anyway, and the SDK's own walk through them all
 * is a sixth of what a sweep costs.
 */
export class SsmProtocol extends AwsJson1_1Protocol {
  constructor(settings: ConstructorParameters<typeof AwsJson1_1Protocol>[0]) {
    super(settings);
    this.deserializer = new Deserializer(this.getPayloadCodec().settings);
  }
}

type Read = JsonShapeDeserializer2['read'];

class Deserializer extends JsonShapeDeserializer2 {
  override async read(...[schema, answer]: Parameters<Read>): ReturnType<Read> {
    const isListing = NormalizedSchema.of(schema).getName() === 'ListCommandInvocationsResult';
    if (!isListing || !(answer instanceof Uint8Array)) return super.read(schema, answer);
    const { buffer, byteOffset, byteLength } = answer;
    const sent: unknown = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString());
    // The SDK copies every member that it is given, also a prototype.
    return isStructure(sent)
      ? { CommandInvocations: sent.CommandInvocations, NextToken: sent.NextToken }
      : {};
  }
}
