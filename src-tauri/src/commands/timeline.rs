//! The timeline: counts, pages, single records.

use crate::bounds::{checked, record_id};
use crate::desk::Desk;
use tauri::State;
use tauri::ipc::Response;
use thinline_core::Result;
use thinline_core::wire::{Facet, Filter, Page, PageAt, RecordDetail, SearchDensity};

#[tauri::command]
pub async fn facets(desk: State<'_, Desk>) -> Result<Vec<Facet>> {
    desk.ask(|core| core.facets()).await
}

/// Columns as bytes: as JSON the same numbers take five times as long.
#[tauri::command]
pub async fn density(desk: State<'_, Desk>) -> Result<Response> {
    desk.ask(|core| core.density()).await.map(Response::new)
}

#[tauri::command]
pub async fn search_density(desk: State<'_, Desk>, filter: Filter, first: bool) -> Result<SearchDensity> {
    let filter = checked(filter)?;
    desk.ask(move |core| core.search_density(&filter, first)).await
}

#[tauri::command]
pub async fn timeline_page(desk: State<'_, Desk>, filter: Filter, at: PageAt) -> Result<Page> {
    let (filter, at) = (checked(filter)?, checked(at)?);
    desk.ask(move |core| core.timeline_page(&filter, &at)).await
}

#[tauri::command]
pub async fn record(desk: State<'_, Desk>, id: String, unmask: bool) -> Result<RecordDetail> {
    let id = record_id(id)?;
    desk.ask(move |core| core.record(&id, unmask)).await
}
