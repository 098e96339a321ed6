//! Erasing, hiding, rules, and whose household profiles are.

use crate::bounds::{checked, id, name};
use crate::desk::Desk;
use tauri::State;
use thinline_core::Result;
use thinline_core::wire::{ErasePlan, Erased, Hidden, People, Rules, SetRule, Target, Whose};

#[tauri::command]
pub async fn erase_plan(desk: State<'_, Desk>, target: Target) -> Result<ErasePlan> {
    let target = checked(target)?;
    desk.ask(move |core| core.erase_plan(&target)).await
}

#[tauri::command]
pub async fn erase(desk: State<'_, Desk>, target: Target) -> Result<Erased> {
    let target = checked(target)?;
    desk.ask(move |core| core.erase(&target)).await
}

#[tauri::command]
pub async fn hide(desk: State<'_, Desk>, target: Target, hidden: bool) -> Result<Hidden> {
    let target = checked(target)?;
    desk.ask(move |core| core.hide(&target, hidden)).await
}

#[tauri::command]
pub async fn rules(desk: State<'_, Desk>) -> Result<Rules> {
    desk.ask(|core| core.rules()).await
}

#[tauri::command]
pub async fn set_rule(desk: State<'_, Desk>, rule: SetRule) -> Result<Rules> {
    let rule = checked(rule)?;
    desk.ask(move |core| core.set_rule(&rule)).await
}

#[tauri::command]
pub async fn people(desk: State<'_, Desk>, service: Option<String>) -> Result<People> {
    let service = service.map(id).transpose()?;
    desk.ask(move |core| core.people(service.as_deref())).await
}

#[tauri::command]
pub async fn set_whose(desk: State<'_, Desk>, decisions: Vec<Whose>) -> Result<People> {
    let decisions = checked(decisions)?;
    desk.ask(move |core| core.set_whose(&decisions)).await
}

#[tauri::command]
pub async fn rename_account(desk: State<'_, Desk>, id: u32, name: String) -> Result<People> {
    let name = self::name(name)?;
    desk.ask(move |core| core.rename_account(id, &name)).await
}
