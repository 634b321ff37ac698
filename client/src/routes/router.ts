import { createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router';
import { requireRole } from './guards.js';

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may come in; everybody when absent. */
    readonly needs?: 'account' | 'staff';
    /** The browser's title; a page that knows better sets its own. */
    readonly title?: string;
    /** Pages that bring their own frame. */
    readonly frame?: 'staff' | 'checkout';
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('@/catalogue/HomePage.vue') },
  {
    path: '/c/:slug',
    name: 'category',
    component: () => import('@/catalogue/CategoryPage.vue'),
    props: true,
  },
  { path: '/search', name: 'search', component: () => import('@/catalogue/SearchPage.vue') },
  { path: '/p/:slug', name: 'product', component: () => import('@/product/ProductPage.vue'), props: true },
  {
    path: '/checkout',
    name: 'checkout',
    component: () => import('@/checkout/CheckoutPage.vue'),
    meta: { title: 'Checkout', frame: 'checkout' },
  },
  { path: '/orders/:id', name: 'order', component: () => import('@/orders/OrderPage.vue'), props: true },
  {
    path: '/login',
    name: 'login',
    component: () => import('@/account/LoginPage.vue'),
    meta: { title: 'Sign in' },
  },
  {
    path: '/register',
    name: 'register',
    component: () => import('@/account/RegisterPage.vue'),
    meta: { title: 'Create your account' },
  },
  {
    path: '/account',
    component: () => import('@/account/AccountFrame.vue'),
    meta: { needs: 'account', title: 'Your account' },
    children: [
      { path: '', name: 'account', redirect: { name: 'account-orders' } },
      {
        path: 'orders',
        name: 'account-orders',
        component: () => import('@/account/OrdersPage.vue'),
        meta: { title: 'Your orders' },
      },
      {
        path: 'profile',
        name: 'account-profile',
        component: () => import('@/account/ProfilePage.vue'),
        meta: { title: 'Your profile' },
      },
      {
        path: 'addresses',
        name: 'account-addresses',
        component: () => import('@/account/AddressesPage.vue'),
        meta: { title: 'Your addresses' },
      },
    ],
  },
  {
    path: '/staff',
    component: () => import('@/staff/StaffFrame.vue'),
    meta: { needs: 'staff', title: 'Back office', frame: 'staff' },
    children: [
      { path: '', name: 'staff', redirect: { name: 'staff-orders' } },
      {
        path: 'orders',
        name: 'staff-orders',
        component: () => import('@/staff/BoardPage.vue'),
        meta: { title: 'Orders board' },
      },
      {
        path: 'orders/:id',
        name: 'staff-order',
        component: () => import('@/staff/StaffOrderPage.vue'),
        props: true,
      },
      {
        path: 'sagas',
        name: 'staff-sagas',
        component: () => import('@/saga/SagasPage.vue'),
        meta: { title: 'Sagas' },
      },
      {
        path: 'sagas/:id',
        name: 'staff-saga',
        component: () => import('@/saga/SagaPage.vue'),
        props: true,
      },
      {
        path: 'stock',
        name: 'staff-stock',
        component: () => import('@/staff/StockPage.vue'),
        meta: { title: 'Stock' },
      },
      {
        path: 'analytics',
        name: 'staff-analytics',
        component: () => import('@/analytics/AnalyticsPage.vue'),
        meta: { title: 'Analytics' },
      },
      {
        path: 'events',
        name: 'staff-events',
        component: () => import('@/events/EventLogPage.vue'),
        meta: { title: 'Events' },
      },
      {
        path: 'events/orders/:id',
        name: 'staff-replay',
        component: () => import('@/events/OrderReplayPage.vue'),
        props: true,
      },
    ],
  },
  { path: '/:anything(.*)*', name: 'not-found', component: () => import('@/shell/NotFoundPage.vue') },
];

export function createShopRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior(to, from, saved) {
      if (saved) return saved;
      // Another filter on the same list: stay where the shopper is looking.
      return to.path === from.path ? undefined : { top: 0 };
    },
  });
  router.beforeEach(requireRole);
  return router;
}
