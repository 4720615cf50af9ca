/** An error that AWS answers with. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** The wire's `__type`. */
  readonly type: string;
  /** The HTTP status. */
  readonly status: number;
  /** Under which member the message is sent; several of SSM's errors send none. */
  readonly messageMember: 'message' | 'Message' | undefined;

  constructor(
    type: string,
    message?: string,
    options: { status?: number; messageMember?: 'message' | 'Message' } = {},
  ) {
    super(message ?? '');
    this.type = type;
    this.status = options.status ?? 400;
    this.messageMember = message === undefined ? undefined : (options.messageMember ?? 'message');
  }

  /** The body of the answer. */
  toWire(): Record<string, string> {
    return {
      __type: this.type,
      ...(this.messageMember === undefined ? {} : { [this.messageMember]: this.message }),
    };
  }
}

/** One of SSM's modelled errors that has a member `Message`. */
export const modelledError = (type: string, message: string) =>
  new ServiceError(type, message, { messageMember: 'Message' });

/** AWS's error for constraints that the service model names. */
export const validationError = (message: string) => new ServiceError('ValidationException', message);

/** The same of CloudWatch Logs. */
export const invalidParameter = (message: string) => new ServiceError('InvalidParameterException', message);
