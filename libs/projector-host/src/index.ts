export { readProjectorConfig, type ProjectorConfig } from './config.ts';
export { type ProjectorApp } from './projector-app.ts';
export { describeProjector, runProjector, startProjector } from './run-projector.ts';
