export { readProjectorConfig, type ProjectorConfig } from './config.ts';
export { type ProjectorApp } from './projector-app.ts';
export { runProjector, startProjector } from './run-projector.ts';
