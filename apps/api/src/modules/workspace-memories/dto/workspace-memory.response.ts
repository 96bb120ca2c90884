import { ApiProperty } from '@nestjs/swagger';
import { type MemoryScope, memoryScopes } from '../workspace-memories.types.js';

/** Something that a workspace remembers. */
export class WorkspaceMemoryResponse {
  /** Its id. */
  @ApiProperty({ maxLength: 64 })
  id: string;

  /** The text, at most 100000 bytes. What looked like a secret in it reads `***`. */
  @ApiProperty({ maxLength: 100_000 })
  content: string;

  /** Who shares it. */
  @ApiProperty({ enum: memoryScopes, enumName: 'MemoryScope' })
  scope: MemoryScope;

  /** What groups it with others. */
  @ApiProperty({ maxLength: 100, example: 'general' })
  namespace: string;

  /** When it was made. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed. */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}

/** A memory is gone. */
export class RemovedMemoryResponse {
  /** Always `deleted`. */
  @ApiProperty({ enum: ['deleted'], enumName: 'RemovedMemoryStatus' })
  status: 'deleted';
}
