import urql from '@urql/vue';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { shopClient } from './graph/shop-client.js';
import { createShopRouter } from './routes/router.js';
import './styles/main.css';

const app = createApp(App);
app.use(createPinia());
app.use(urql, shopClient());
app.use(createShopRouter());
app.mount('#app');
