import { describe, expect, it } from 'vitest';
import { readGrpcStatus } from './grpc-status.ts';

describe('the status of a gRPC call', () => {
  it('is read with its message decoded, and without one where there is none', () => {
    expect(readGrpcStatus({ 'grpc-status': '7', 'grpc-message': 'not%20allowed' })).toEqual({ code: 7, message: 'not allowed' });
    expect(readGrpcStatus({})).toEqual({ code: undefined, message: '' });
    expect(readGrpcStatus({ 'grpc-status': 'x', 'grpc-message': '100%' })).toEqual({ code: undefined, message: '100%' });
  });

  it('has a message that is fit for a report: one line, short, and without a token', () => {
    const { message } = readGrpcStatus({
      'grpc-status': '16',
      'grpc-message': `could not verify%0A eyJhbGciOi.eyJpc3M.c2ln: ${'x'.repeat(10_000)}`,
    });
    expect(message).toMatch(/^could not verify \[token\]: x+…$/);
    expect(message.length).toBeLessThan(1_000);
  });
});
