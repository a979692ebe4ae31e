export { handFedTopic, type HandFedTopic, type Instance } from './hand-fed-topic.testing.ts';
export { openProjectorApp, type Answer, type OpenApp } from './open-projector-app.testing.ts';
export { orderLife, type OrderLife } from './order-life.testing.ts';
