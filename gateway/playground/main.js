// GraphiQL over the gateway's own endpoint. Headers of the editor (authorization, x-cart-token) go with HTTP requests
// and into `connection_init` of subscriptions alike.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { FIRST_TABS } from './first-tabs.js';

const endpoint = new URL('/graphql', window.location.href);
const fetcher = createGraphiQLFetcher({
  url: endpoint.href,
  subscriptionUrl: endpoint.href.replace(/^http/, 'ws'),
  headers: { 'graphql-client-name': 'playground' },
  enableIncrementalDelivery: false,
});

/** As in style.css: there, headers would take a part of the screen that is needed; their button shows them. */
const isNarrow = window.matchMedia('(max-width: 48rem)').matches;

createRoot(document.getElementById('playground')).render(
  createElement(GraphiQL, {
    fetcher,
    defaultTabs: FIRST_TABS,
    defaultEditorToolsVisibility: isNarrow ? false : 'headers',
    // Tokens are not written to the browser's storage.
    shouldPersistHeaders: false,
  }),
);
