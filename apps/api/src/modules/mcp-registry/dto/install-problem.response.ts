import { ApiProperty } from '@nestjs/swagger';
import { ProblemResponse } from '#http';
import { RegistryVariableResponse } from './registry-input.response.js';

/** Why a server was not installed. */
export class InstallProblemResponse extends ProblemResponse {
  /** With `registry_install.variables`: everything that the server asks for, for a form. */
  @ApiProperty({ type: () => [RegistryVariableResponse], required: false, maxItems: 1000 })
  variables?: RegistryVariableResponse[];
}
