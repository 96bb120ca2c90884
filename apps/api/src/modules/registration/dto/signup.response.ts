import { ApiProperty } from '@nestjs/swagger';

/** The same whether or not the address has an account. */
export class SignupResponse {
  /** Always true. */
  @ApiProperty({ type: Boolean, enum: [true] })
  ok: true;

  /** What to do next. */
  message: string;
}
