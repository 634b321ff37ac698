export { testMongo, type TestMongo } from './test-mongo.js';
