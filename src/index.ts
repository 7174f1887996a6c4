export { EXIT, type ExitCode, GamyeongError, type Place } from './errors.ts';
