// Types of what the bundler adds: style modules, file addresses, import.meta.env.
/// <reference types="vite/client" />
